/// What a live capture answers when it is asked for the next frame.
public enum LiveEvent: ~Escapable {
  /// A frame, lent until the next call.
  case frame(Frame)
  /// No frame within the time, or a signal came in: time to look at clocks and timeouts.
  case idle
  /// The capture was stopped and every frame that had arrived by then has been returned.
  case ended
}
