import PacketCapture

extension LiveInput {
  /// How to read what among `paths` is no regular file; nil where all are. From here on signals end the reading of those,
  /// and what there was is reported.
  static func ending(_ paths: [String], patience: Duration? = nil) throws(Failure) -> LiveInput? {
    guard paths.contains(where: SystemFile.isLive) else { return nil }
    do throws(CaptureError) {
      let stopper = try CaptureStopper()
      CaptureSignals.handle(stopping: stopper, tellsStatistics: false)
      return LiveInput(stopper: stopper, patience: patience)
    } catch {
      throw Failure(.inputUnreadable, error.description)
    }
  }
}
