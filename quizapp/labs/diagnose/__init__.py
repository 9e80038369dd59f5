"""Why a step is not green: rules, one function each, in files by subject. Pure over evidence; `why` orders
what they find."""
