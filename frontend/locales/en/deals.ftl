# Deals.
status-open = Open
status-won = Won
status-lost = Lost
status-rejected = Rejected by us
status-rerouted = Rerouted
deal-type-direct = Direct
deal-type-partner = Through a partner
category-enterprise = Enterprise
category-medium = Medium
category-small = Small
forecast-pipeline = Pipeline
forecast-best-case = Best case
forecast-commit = Commit
forecast-omitted = Omitted
