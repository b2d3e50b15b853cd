import Glibc
import Reporting

extension Clock {
  /// The clock of this machine's time zone, or of TZ.
  static var local: Clock {
    Clock { seconds in
      var moment = time_t(seconds)
      var civil = unsafe tm()
      guard unsafe localtime_r(&moment, &civil) != nil else { return 0 }
      return unsafe civil.tm_gmtoff
    }
  }
}
