/// ``Explanation`` under a name that stays plain where a renderer's own type of that name is in sight.
public typealias CauseExplanation = Explanation
