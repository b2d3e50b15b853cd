"""The tables of scenarios, one module a layer."""

from . import application, certificates, hard, negatives, negotiation, paths, transport, versions

SCENARIOS = (transport.TABLE + application.TABLE + negotiation.TABLE + certificates.TABLE + versions.TABLE
             + paths.TABLE + hard.TABLE + negatives.TABLE)
