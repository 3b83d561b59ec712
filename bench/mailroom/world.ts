/** Virtual time: what is due happens in order, and nobody waits. */
type Event = { at: number; order: number; happen: () => void | Promise<void> }

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

export class World {
  now: number
  #order = 0
  /** A heap: each event before its two followers. */
  #events: Event[] = []

  constructor(now: number) {
    this.now = now
  }

  at(at: number, happen: Event['happen']): void {
    this.#order += 1
    this.#events.push({ at: Math.max(at, this.now), order: this.#order, happen })
    let child = this.#events.length - 1
    while (child > 0) {
      const parent = (child - 1) >> 1
      if (!this.#swapIfBefore(child, parent)) break
      child = parent
    }
  }

  #swapIfBefore(child: number, parent: number): boolean {
    const [low, high] = [this.#events[child], this.#events[parent]]
    if (low === undefined || high === undefined || !isBefore(low, high)) return false
    this.#events[child] = high
    this.#events[parent] = low
    return true
  }

  #next(): Event | undefined {
    const [first] = this.#events
    const last = this.#events.pop()
    if (last === undefined || last === first) return last
    this.#events[0] = last
    for (let parent = 0; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2]
      const [one, other] = [this.#events[left], this.#events[right]]
      const child = one !== undefined && other !== undefined && isBefore(other, one) ? right : left
      if (!this.#swapIfBefore(child, parent)) return first
      parent = child
    }
  }

  /** Until nothing is to happen any more, or `until`. */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    for (let event = this.#next(); event !== undefined; event = this.#next()) {
      if (event.at > until) return
      this.now = event.at
      await event.happen()
    }
  }
}
