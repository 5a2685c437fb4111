import { invalidValue } from '../errors.ts'
import type { Parser } from './shape.ts'

/** Readers for single values. Every value is a string on the wire; the words are EC2's where they are known. */

export const text: Parser<string> = (value, path) => {
  if (typeof value !== 'string')
    throw invalidValue(`Value for parameter ${path} is invalid. A single value is expected.`)
  return value
}

export const flag: Parser<boolean> = (value, path) => {
  const word = text(value, path).toLowerCase()
  if (word === 'true') return true
  if (word === 'false') return false
  throw invalidValue(`Invalid value '${word}' for ${path}. Expecting true or false.`)
}

/** A whole number; outside of the limits EC2 says which side was missed. */
export function integer(least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Parser<number> {
  return (value, path) => {
    const word = text(value, path)
    if (!/^-?\d{1,15}$/.test(word)) throw invalidValue(`Invalid integer value ${word} for parameter ${path}`)
    const number = Number(word)
    const name = `${path.slice(0, 1).toLowerCase()}${path.slice(1)}`
    if (number < least)
      throw invalidValue(
        `Value ( ${number} ) for parameter ${name} is invalid. Expecting a value greater than or equal to ${least}.`,
      )
    if (number > most)
      throw invalidValue(
        `Value ( ${number} ) for parameter ${name} is invalid. Expecting a value less than or equal to ${most}.`,
      )
    return number
  }
}

export const decimal: Parser<number> = (value, path) => {
  const number = Number(text(value, path))
  if (!Number.isFinite(number)) throw invalidValue(`Invalid value '${String(value)}' for ${path}. Expecting a number.`)
  return number
}

/** A time as SDKs write it; kept as it came. */
export const time: Parser<string> = (value, path) => {
  const word = text(value, path)
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(word) || Number.isNaN(Date.parse(word)))
    throw invalidValue(`Value (${word}) for parameter ${path} is invalid. Invalid time format`)
  return word
}

export function oneOf<T extends string>(...words: readonly T[]): Parser<T> {
  return (value, path) => {
    const word = text(value, path)
    const known = words.find((candidate) => candidate === word)
    if (known === undefined)
      throw invalidValue(`Invalid value '${word}' for ${path}. Valid values are: ${words.join(', ')}.`)
    return known
  }
}

/** An idempotency token: at most 64 ASCII characters. */
export const clientToken: Parser<string> = (value, path) => {
  const token = text(value, path)
  if (token.length > 64 || !/^[\x21-\x7e]*$/.test(token))
    throw invalidValue(`Invalid value '${token}' for ${path}. At most 64 ASCII characters are allowed.`)
  return token
}
