/** The few icons, drawn for the app: each stands beside words and says nothing by itself. */
export const Icon = ({ path }: { path: string }) => (
  <svg
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
    fill="none"
    stroke="currentColor"
    stroke-width="2.2"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <path d={path} />
  </svg>
)

export const PhoneIcon = () => (
  <Icon path="M6.6 3.5 9 3l2 4.6-1.9 1.6a12 12 0 0 0 5.7 5.7l1.6-1.9L21 15l-.5 2.4c-.3 1.6-1.4 2.6-3 2.6C10.300 20 4 13.700 4 6.500c0-1.600 1-2.700 2.600-3Z" />
)
export const CardIcon = () => <Icon path="M4 5h16v14H4zM8 10h8M8 14h5" />
export const TickIcon = () => <Icon path="m5 12.500 4.500 4.500L19 7.500" />
export const NextIcon = () => <Icon path="m9 5 7 7-7 7" />
export const WarnIcon = () => <Icon path="M12 6v8m0 4v.010" />

/** A doorway with a lamp: the house has a light on. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path
      d="M3 29V16C3 8.300 8.800 3 16 3s13 5.300 13 13v13h-6V16c0-4.400-3.100-7.500-7-7.500S9 11.600 9 16v13z"
      fill="currentColor"
    />
    <circle cx="16" cy="20" r="4.200" fill="var(--amber)" />
  </svg>
)
