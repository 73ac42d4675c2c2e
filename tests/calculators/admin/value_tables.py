"""Tables of policy values, as they are uploaded to the import page."""

VALUES = "/admin/calculators/policyvalue/"
HEADERS = "参数,地区,适用于,数值,单位,首日,见于,政策文件,条款,状态,复核截止,备注"


def row(
    written="1900",
    day="2027-01-01",
    for_whom="在职",
    status="待核实",
    parameter="职工门诊起付线",
    unit="元/年",
    note="",
):
    return f"{parameter},北京,{for_whom},{written},{unit},{day},,bj_op_2023,,{status},,{note}"
