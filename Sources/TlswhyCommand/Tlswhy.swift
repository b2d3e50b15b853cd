import ArgumentParser

@main
struct Tlswhy: ParsableCommand {
  func run() throws {}
}
