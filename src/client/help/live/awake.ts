/** Keeps the screen on while something is held up to somebody. @returns what ends it */
export const stayAwake = (): (() => void) => {
  let lock: WakeLockSentinel | null = null
  let over = false
  const ask = async (): Promise<void> => {
    if (over || document.visibilityState !== 'visible') return
    const given = await navigator.wakeLock?.request('screen').catch(() => null)
    if (over) void given?.release()
    else lock = given ?? null
  }
  // The browser takes it back when the page is hidden.
  document.addEventListener('visibilitychange', ask)
  void ask()
  return () => {
    over = true
    document.removeEventListener('visibilitychange', ask)
    void lock?.release()
  }
}
