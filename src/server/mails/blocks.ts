/**
 * What a mail says, before it is text or HTML, so that the two parts cannot drift apart. Every string is plain: whoever
 * writes HTML escapes it.
 */
export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'steps'; steps: readonly { title: string; text: string }[] }
  /** `phone` in E.164; `label` holds the number as people read it. */
  | { kind: 'call'; label: string; phone: string }
  /** `weight` says how the HTML shows it; in the text the address always stands on a line of its own. */
  | { kind: 'link'; label: string; url: string; weight: 'button' | 'plain' }
  /** What follows is the foot of the mail. */
  | { kind: 'rule' }
