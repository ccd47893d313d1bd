"""How fast regdoctor is, against baselines measured in the same run: machines are noisy, ratios less so."""
