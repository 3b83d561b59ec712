import type { ComponentType } from 'preact'
import { Emptying } from './emptying.tsx'
import { Name } from './name.tsx'

export const saferPlace = (place: string): ComponentType => (place === 'empty' ? Emptying : Name)
