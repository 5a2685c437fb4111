import type { Price } from '../../core/cost/fleet-cost.ts'

/** The part of a product's document that is read; every member may be missing. */
interface Product {
  readonly publicationDate?: string
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

/**
 * The hourly price in a product's JSON text; null where there is none in dollars. Reserved capacity is listed with a price of
 * zero: that is no price.
 */
export function priceOfProduct(text: string): Price | null {
  const product = parse(text)
  for (const term of Object.values(product?.terms?.OnDemand ?? {})) {
    for (const { unit, pricePerUnit } of Object.values(term.priceDimensions ?? {})) {
      const usdPerHour = Number(pricePerUnit?.['USD'])
      if (!/^hrs$/i.test(unit ?? '') || !Number.isFinite(usdPerHour) || usdPerHour <= 0) continue
      return { usdPerHour, asOf: (product?.publicationDate ?? term.effectiveDate ?? '').slice(0, 10) }
    }
  }
  return null
}

function parse(text: string): Product | null {
  try {
    return JSON.parse(text) as Product | null
  } catch {
    return null
  }
}
