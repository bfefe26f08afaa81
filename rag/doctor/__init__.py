"""An installation is examined: the environment, the models, and the data folder of the settings.

Nothing is changed by it. The checks of a data folder are in `index.maintenance.health`.
"""
