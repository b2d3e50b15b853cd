"""The tables of scenarios, one module a layer."""

from . import application, certificates, negatives, negotiation, transport, versions

SCENARIOS = (transport.TABLE + application.TABLE + negotiation.TABLE + certificates.TABLE + versions.TABLE
             + negatives.TABLE)
