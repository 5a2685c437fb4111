import { quotaOf } from './quotas.ts'

/** Applied values of quotas for the sandbox's life: `L-F7808C92=128,L-1216C47A=64`. */
export const QUOTAS_VARIABLE = 'MUSTER_SANDBOX_QUOTAS'

/** Reads the variable. Throws where it cannot be read: a rehearsal with the wrong quota would be none. */
export function givenQuotas(env: NodeJS.ProcessEnv): ReadonlyMap<string, number> {
  const words = (env[QUOTAS_VARIABLE] ?? '').split(/[\s,]+/).filter((word) => word !== '')
  return new Map(
    words.map((word) => {
      const [, code = '', value = ''] = /^(L-[0-9A-F]{8})=(\d{1,10})$/.exec(word) ?? []
      if (quotaOf(code) === undefined)
        throw new Error(
          `${QUOTAS_VARIABLE}: ${JSON.stringify(word)} is no vCPU quota with a value; write it like L-F7808C92=128,L-1216C47A=64`,
        )
      return [code, Number(value)] as const
    }),
  )
}
