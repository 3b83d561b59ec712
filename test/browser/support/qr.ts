import jsQR from 'jsqr'
import type { Page } from 'playwright-core'

/** What a camera reads that is held to the QR code on the screen, or null. */
export const qrOnScreen = async (page: Page): Promise<string | null> => {
  const picture = await page.locator('.qr').filter({ visible: true }).screenshot()
  // A page without a policy of its own draws the picture for us.
  const drawing = await page.context().newPage()
  const { width, height, pixels } = await drawing.evaluate(async (png) => {
    const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    let text = ''
    for (let at = 0; at < data.length; at += 32_768)
      text += String.fromCharCode(...data.subarray(at, at + 32_768))
    return { width: image.width, height: image.height, pixels: btoa(text) }
  }, picture.toString('base64'))
  await drawing.close()
  return jsQR(new Uint8ClampedArray(Buffer.from(pixels, 'base64')), width, height)?.data ?? null
}
