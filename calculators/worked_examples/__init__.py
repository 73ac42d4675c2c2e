"""Worked examples named in words: 职工门诊报销·北京·在职·社区·3000 is a calculator, a place, and answers by their labels."""
