"""The tables of scenarios, one module a layer."""
