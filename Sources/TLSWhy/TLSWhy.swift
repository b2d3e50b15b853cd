// The library: every room of the analyzer under one name, for programs that embed it.
@_exported import Bytes
@_exported import ConnectionTracking
@_exported import Diagnosis
@_exported import HandshakeModel
@_exported import NetworkProtocols
@_exported import NetworkValues
@_exported import PacketCapture
@_exported import Reporting
@_exported import TLSProtocol
