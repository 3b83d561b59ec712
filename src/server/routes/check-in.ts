import {
  ArmRequest,
  CheckInsRequest,
  EndRequest,
  ExtendRequest,
  ReminderCodeRequest,
  WellRequest,
} from '../../protocol/check-in.ts'
import { settingsOf } from '../env.ts'
import { Refused, refuse } from '../refusal.ts'
import { bodyOf, granted, originOf, type RouteContext, vaultOf } from './answer.ts'

/** `protocol.md §7.12` */
export const checkIns = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, CheckInsRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).checkIns(request)))
}

export const checkInArm = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, ArmRequest)
  const answer = await vaultOf(context, request.vault).checkInArm(request, originOf(context))
  return context.json(await granted(context, answer))
}

export const checkInWell = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, WellRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).checkInWell(request)))
}

export const checkInExtend = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, ExtendRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).checkInExtend(request)))
}

export const checkInEnd = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, EndRequest)
  return context.json(await granted(context, await vaultOf(context, request.vault).checkInEnd(request)))
}

export const checkInCode = async (context: RouteContext): Promise<Response> => {
  const request = await bodyOf(context, ReminderCodeRequest)
  const { sender, missing } = settingsOf(context.env)
  if (sender === null) throw new Refused(refuse('not-configured', { missing }))
  const answer = await vaultOf(context, request.vault).checkInCode(request, originOf(context))
  return context.json(await granted(context, answer))
}
