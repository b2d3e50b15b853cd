import Testing

@testable import Bytes

@Suite struct MemoryBudgetTests {
  @Test func theKeepersSharesTogetherAreNoMoreThanTheBudget() {
    for bytes in [MemoryBudget.minimum, 100_000_001, MemoryBudget.standard.bytes, 8 << 30] {
      let budget = MemoryBudget(bytes: bytes)
      let shares = MemoryBudget.Keeper.allCases.map { budget.limit(of: $0) }
      #expect(shares.reduce(0, +) <= bytes && shares.allSatisfy { $0 > 0 })
      #expect(shares.reduce(0, +) > bytes / 64 * 63)
    }
  }

  @Test func aBudgetIsNeverTooSmallToReadWith() {
    #expect(MemoryBudget(bytes: 1).bytes == MemoryBudget.minimum)
    #expect(MemoryBudget(bytes: .min).limit(of: .lookups) > 0)
  }

  @Test func thoseWhoDoTheSameTogetherUseWhatOneAloneMay() {
    let whole = MemoryBudget.standard.limit(of: .secrets)
    #expect(MemoryBudget.standard.limit(of: .secrets, among: 4) * 4 <= whole)
    #expect(MemoryBudget.standard.divided(by: 4).limit(of: .secrets) * 4 <= whole)
    #expect(MemoryBudget.standard.limit(of: .secrets, among: 0) == whole)
  }

  @Test func aShareRefusesWhatHasNoRoomAndCountsIt() {
    var share = MemoryShare(limit: 100)
    #expect(share.take(60) && !share.take(41) && share.take(40))
    #expect(share.held == 100 && share.dropped == 41 && !share.isExceeded)
    share.release(50)
    share.hold(70)
    #expect(share.held == 120 && share.isExceeded)
    share.drop(30)
    #expect(share.held == 90 && share.dropped == 71 && !share.isExceeded)
    share.clear()
    #expect(share.held == 0)
  }
}
