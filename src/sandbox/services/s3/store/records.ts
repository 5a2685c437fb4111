/** A file of a bucket's `blobs/` and how many bytes it holds. */
export interface Extent {
  readonly blob: string
  readonly size: number
}

/** An object as the index knows it. Its content is its extents, one after the other: one a part where it came in parts. */
export interface ObjectRecord {
  readonly key: string
  readonly size: number
  /** Without quotes: MD5 in hex, or `<hex>-<parts>`. */
  readonly etag: string
  /** Milliseconds since the epoch. */
  readonly modified: number
  readonly extents: readonly Extent[]
  readonly attributes: ObjectAttributes
  readonly checksum: Checksum | null
}

/** What the writer said of an object, given back as it was. */
export interface ObjectAttributes {
  /** Content-Type and its kin, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** User metadata, names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>
  readonly tags: readonly Tag[]
  readonly storageClass: string
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export type ChecksumAlgorithm = 'crc32' | 'crc32c' | 'crc64nvme' | 'sha1' | 'sha256'

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64; with `-<parts>` where it was computed of the parts' checksums. */
  readonly value: string
  readonly type: 'FULL_OBJECT' | 'COMPOSITE'
}

export interface UploadRecord {
  readonly id: string
  readonly key: string
  readonly initiated: number
  readonly attributes: ObjectAttributes
  readonly checksumAlgorithm: ChecksumAlgorithm | null
  readonly checksumType: Checksum['type']
}

export interface PartRecord {
  readonly number: number
  readonly etag: string
  readonly size: number
  readonly modified: number
  readonly blob: string | null
  readonly checksum: Checksum | null
}

/** One line of a bucket's index: each is a whole change, so a bucket is what its lines add up to. */
export type Change =
  | { readonly did: 'put'; readonly object: ObjectRecord }
  | { readonly did: 'delete'; readonly keys: readonly string[] }
  | { readonly did: 'begin'; readonly upload: UploadRecord }
  | { readonly did: 'part'; readonly upload: string; readonly part: PartRecord }
  | { readonly did: 'abort'; readonly upload: string }
  /** The end of an upload and the object that it became, in one. */
  | { readonly did: 'complete'; readonly upload: string; readonly object: ObjectRecord }
