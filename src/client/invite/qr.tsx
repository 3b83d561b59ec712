import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Modules of white around it, as the standard asks. */
const QUIET = 4

/** Draws each row's runs of dark modules. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .flatMap((row, y) =>
      row.map((isDark, x) => {
        if (!isDark || row[x - 1] === true) return ''
        const end = row.indexOf(false, x)
        return `M${x} ${y}h${(end === -1 ? row.length : end) - x}v1H${x}z`
      }),
    )
    .join('')

/** A QR code, dark on white whatever the colours of the page are: cameras read nothing else for sure. */
export const Qr = ({ text, label }: { text: string; label: string }) => {
  const drawn = useSignal<{ size: number; path: string } | null>(null)
  useEffect(() => {
    let isCurrent = true
    void import('uqr').then(
      ({ encode }) => {
        if (!isCurrent) return
        const { size, data } = encode(text, { ecc: 'M', border: QUIET })
        drawn.value = { size, path: pathOf(data) }
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [text])
  if (drawn.value === null) return null
  const { size, path } = drawn.value
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
