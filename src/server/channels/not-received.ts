/**
 * Stands in the bundle for what `resend` brings to read received mail and to verify webhooks (`[alias]` in wrangler.toml): a
 * quarter of the Worker, none of it in use here.
 */
class NotBundled {
  constructor() {
    throw new Error('not part of this Worker')
  }
}

export { NotBundled as Webhook }
export default NotBundled
