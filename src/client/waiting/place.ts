import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'

/** What stands above every page of the owner's app while a press of another waits; null: not needed so far. */
export const waitingPlace = signal<ComponentType | null>(null)
