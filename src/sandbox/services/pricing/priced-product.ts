import { createHash } from 'node:crypto'

/** One product of the price list: what filters look at, and the document that goes out. */
export interface Product {
  readonly sku: string
  readonly fields: ReadonlyMap<string, string>
  readonly document: object
}

interface Priced {
  readonly serviceCode: string
  readonly productFamily: string
  /** What tells it from all others: its SKU is made of it. */
  readonly seed: readonly string[]
  readonly attributes: Readonly<Record<string, string>>
  /** Dollars, as text. */
  readonly price: string
  readonly unit: string
  readonly currency: string
  /** The day, as `2026-07-20`. */
  readonly recordedAt: string
  readonly describe: (dollars: string) => string
}

/** AWS's codes of the on-demand term and of its rate: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html and public answers. */
const TERM = 'JRTCKXETXF'
const RATE = '6YS6EN2CT7'

/** A product with its on-demand term, as GetProducts writes it. */
export function priced(one: Priced): Product {
  const { serviceCode, productFamily, attributes, recordedAt, unit, currency } = one
  const sku = skuOf(one.seed)
  const offer = `${sku}.${TERM}`
  const dollars = Number(one.price).toFixed(10)
  const dimension = {
    unit,
    endRange: 'Inf',
    description: one.describe(dollars.replace(/\.?0+$/, '')),
    appliesTo: [],
    rateCode: `${offer}.${RATE}`,
    beginRange: '0',
    pricePerUnit: { [currency]: dollars },
  }
  const term = {
    priceDimensions: { [`${offer}.${RATE}`]: dimension },
    sku,
    effectiveDate: `${recordedAt}T00:00:00Z`,
    offerTermCode: TERM,
    termAttributes: {},
  }
  return {
    sku,
    fields: new Map([
      ...Object.entries(attributes),
      ['productFamily', productFamily],
      ['sku', sku],
      ['termType', 'OnDemand'],
    ]),
    document: {
      product: { productFamily, attributes, sku },
      serviceCode,
      terms: { OnDemand: { [offer]: term } },
      version: `${recordedAt.replaceAll('-', '')}000000`,
      publicationDate: `${recordedAt}T00:00:00Z`,
    },
  }
}

/** Shaped like AWS's, and the same in every run; AWS's own is another. */
function skuOf(parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join(' ')).digest()
  return Array.from(digest.subarray(0, 16), (byte) => LETTERS[byte % LETTERS.length]).join('')
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
