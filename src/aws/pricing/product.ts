import type { Price } from '../../core/cost/fleet-cost.ts'

/** A product of the price list, as far as it is read. */
export interface Product {
  /** `Compute Instance`, `Storage`. */
  readonly family: string
  readonly attributes: Readonly<Record<string, string>>
  readonly document: Document
}

/** The part of a product's document that is read; every member may be missing. */
interface Document {
  readonly publicationDate?: string
  readonly product?: { readonly productFamily?: string; readonly attributes?: Readonly<Record<string, string>> }
  readonly terms?: { readonly OnDemand?: Readonly<Record<string, Term>> }
}

interface Term {
  readonly effectiveDate?: string
  readonly priceDimensions?: Readonly<Record<string, Dimension>>
}

interface Dimension {
  readonly unit?: string
  readonly pricePerUnit?: Readonly<Record<string, string>>
}

/** Dollars for one unit: `Hrs`, `GB-Mo`. */
export interface Rate {
  readonly unit: string
  readonly usd: number
  /** The day that it is of. */
  readonly asOf: string
}

/** A product's JSON text; null where it is none. */
export function readProduct(text: string): Product | null {
  try {
    const document = JSON.parse(text) as Document | null
    if (typeof document !== 'object' || document === null) return null
    const { productFamily: family = '', attributes = {} } = document.product ?? {}
    return { family, attributes, document }
  } catch {
    return null
  }
}

/** Its on-demand rates in dollars. Reserved capacity is listed with a price of zero: that is no price. */
export function ratesOf({ document }: Product): Rate[] {
  return Object.values(document.terms?.OnDemand ?? {}).flatMap((term) =>
    Object.values(term.priceDimensions ?? {})
      .map(({ unit = '', pricePerUnit }) => ({
        unit,
        usd: Number(pricePerUnit?.['USD']),
        asOf: (document.publicationDate ?? term.effectiveDate ?? '').slice(0, 10),
      }))
      .filter(({ usd }) => Number.isFinite(usd) && usd > 0),
  )
}

/** The hourly price in a product's JSON text; null where there is none in dollars. */
export function priceOfProduct(text: string): Price | null {
  const product = readProduct(text)
  const rate = product && ratesOf(product).find(({ unit }) => /^hrs$/i.test(unit))
  return rate ? { usdPerHour: rate.usd, asOf: rate.asOf } : null
}
