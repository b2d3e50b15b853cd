"""The tables of scenarios, one module a layer."""

from . import application, certificates, negatives, negotiation, paths, transport, versions

SCENARIOS = (transport.TABLE + application.TABLE + negotiation.TABLE + certificates.TABLE + versions.TABLE
             + paths.TABLE + negatives.TABLE)
