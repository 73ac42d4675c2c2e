"""Library of shipped policy values and calculators, which fills an empty site.

Files: dimensions.toml, parameters.toml, areas.csv, documents.csv and values.csv hold the policy data;
calculators/ holds one readable file for each calculator. They are loaded through the same import
that editors use, and never over anything an editor has stored.
"""
