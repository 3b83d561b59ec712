import { useEffect, useRef } from 'preact/hooks'

/** Something takes a moment; `done` runs from 0 to 1. */
export const Working = ({ label, done }: { label: string; done: number }) => {
  const bar = useRef<HTMLElement>(null)
  useEffect(() => {
    bar.current?.style.setProperty('--done', `${Math.round(done * 100)}%`)
  }, [done])
  return (
    <div class="stack" role="status">
      <p class="soft">{label}</p>
      <div class="busy" aria-hidden="true">
        <i ref={bar} />
      </div>
    </div>
  )
}
