import CPcap

/// Keeps hold of processes that a command leaves behind.
public enum OrphanCare {
  /// From here on descendants whose parents end become children of this process, not of init (PR_SET_CHILD_SUBREAPER):
  /// whose a socket is can be told as long as its process can be found.
  public static func begin() { _ = become_subreaper() }
}
