import { z } from 'zod'
import type { Path } from './parse-yaml.ts'

/** The keys that a schema knows at a path: what a mistyped key may have meant. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: z.ZodType[] = [schema]
  for (const part of path) here = here.flatMap((inner) => step(inner, part))
  return here.flatMap(alternatives).flatMap((inner) => (inner instanceof z.ZodObject ? Object.keys(inner.shape) : []))
}

function step(schema: z.ZodType, part: PropertyKey): z.ZodType[] {
  return alternatives(schema).flatMap((inner) => {
    if (inner instanceof z.ZodObject) return (inner.shape as Record<PropertyKey, z.ZodType>)[part] ?? []
    if (inner instanceof z.ZodRecord) return inner.valueType as z.ZodType
    if (inner instanceof z.ZodArray) return inner.element as z.ZodType
    return []
  })
}

/** What a schema is once `optional` and unions are taken apart. */
function alternatives(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional) return alternatives(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodUnion) return (schema.options as readonly z.ZodType[]).flatMap(alternatives)
  return [schema]
}
