import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import jsQR from 'jsqr'
import type { BrowserContext } from 'playwright-core'

/** A page of a PDF as another's code draws and reads it: `png` for a person who looks, `texts` in points from the upper left corner. */
export type DrawnPage = {
  width: number
  height: number
  rgba: Uint8ClampedArray
  texts: { text: string; x: number; y: number; width: number }[]
  size: { width: number; height: number }
  png: string
}

const require = createRequire(import.meta.url)
const source = (file: string) => readFile(require.resolve(`pdfjs-dist/legacy/build/${file}`), 'utf8')

/** @param dpi of the paper that is looked at */
export const drawPdf = async (
  context: BrowserContext,
  bytes: Uint8Array,
  dpi: number,
): Promise<DrawnPage[]> => {
  // A page without a policy of its own.
  const page = await context.newPage()
  for (const file of ['pdf.worker.min.mjs', 'pdf.min.mjs'])
    await page.addScriptTag({ type: 'module', content: await source(file) })
  await page.waitForFunction(() => 'pdfjsLib' in globalThis && 'pdfjsWorker' in globalThis)
  const drawn = await page.evaluate(
    async ([base64, scale]) => {
      const { getDocument } = (globalThis as unknown as { pdfjsLib: typeof import('pdfjs-dist') }).pdfjsLib
      const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const pdf = await getDocument({ data }).promise
      const pages = []
      for (let at = 1; at <= pdf.numPages; at += 1) {
        const one = await pdf.getPage(at)
        const viewport = one.getViewport({ scale })
        const canvas = document.createElement('canvas')
        canvas.width = Math.ceil(viewport.width)
        canvas.height = Math.ceil(viewport.height)
        await one.render({ canvas, viewport }).promise
        const context = canvas.getContext('2d')
        if (context === null) throw new Error('no canvas')
        const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data
        let text = ''
        for (let from = 0; from < pixels.length; from += 32_768)
          text += String.fromCharCode(...pixels.subarray(from, from + 32_768))
        const [, , width = 0, height = 0] = one.view
        const { items } = await one.getTextContent()
        pages.push({
          width: canvas.width,
          height: canvas.height,
          pixels: btoa(text),
          size: { width, height },
          png: canvas.toDataURL('image/png').split(',')[1] ?? '',
          texts: items.flatMap((item) =>
            'str' in item && item.str.trim() !== ''
              ? [{ text: item.str, x: item.transform[4], y: height - item.transform[5], width: item.width }]
              : [],
          ),
        })
      }
      return pages
    },
    [Buffer.from(bytes).toString('base64'), dpi / 72] as const,
  )
  await page.close()
  return drawn.map(({ pixels, ...rest }) => ({
    ...rest,
    rgba: new Uint8ClampedArray(Buffer.from(pixels, 'base64')),
  }))
}

/** What a camera reads that is held over a part of the paper, given in points; null: nothing. */
export const qrInPdf = (
  { width, height, rgba, size }: DrawnPage,
  part: { x: number; y: number; width: number; height: number },
): string | null => {
  const scale = width / size.width
  const [left, top] = [Math.round(part.x * scale), Math.round(part.y * scale)]
  const [wide, high] = [Math.round(part.width * scale), Math.round(part.height * scale)]
  const cut = new Uint8ClampedArray(wide * high * 4)
  for (let row = 0; row < high && top + row < height; row += 1) {
    const from = ((top + row) * width + left) * 4
    cut.set(rgba.subarray(from, from + wide * 4), row * wide * 4)
  }
  return jsQR(cut, wide, high)?.data ?? null
}
