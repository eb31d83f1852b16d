import { brotliCompressSync, constants } from 'node:zlib'

const compressible = /\.(css|html|js|json|svg|wasm|webmanifest)$/

/**
 * Adds a `.br` beside every file that gains from it, and fails when the first
 * load (page, scripts, styles and WASM that every visit fetches) takes more
 * than `budget` bytes.
 */
export function compress({ budget }) {
  return {
    name: 'etalon-compress',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const sizes = new Map()
        for (const [name, file] of Object.entries(bundle)) {
          if (compressible.test(name)) {
            const source = brotli(file.type === 'chunk' ? file.code : file.source)
            sizes.set(name, source.length)
            this.emitFile({ type: 'asset', fileName: `${name}.br`, source })
          }
        }
        const loaded = firstLoad(bundle).map((name) => [name, sizes.get(name) ?? 0])
        loaded.push(...largest(texts(bundle).map((name) => [name, sizes.get(name) ?? 0])))
        const total = loaded.reduce((sum, [, size]) => sum + size, 0)
        for (const [name, size] of loaded) {
          console.log(`  ${kilobytes(size).padStart(9)}  ${name}`)
        }
        console.log(`  ${kilobytes(total).padStart(9)}  first load, of ${kilobytes(budget)} (brotli)`)
        if (total > budget) {
          this.error(`The first load is ${kilobytes(total)}, over its budget of ${kilobytes(budget)}.`)
        }
      },
    },
  }
}

/** The page and what it asks for at once. */
function firstLoad(bundle) {
  const names = new Set(['index.html'])
  const visit = (name) => {
    if (!bundle[name] || names.has(name)) {
      return
    }
    names.add(name)
    bundle[name].imports?.forEach(visit)
  }
  const page = String(bundle['index.html'].source)
  for (const [, name] of page.matchAll(/(?:src|href)="\/([^"]+)"/g)) {
    if (/\.(css|js|wasm)$/.test(name)) {
      visit(name)
    }
  }
  return [...names]
}

/** The texts of each language, of which a visit fetches one. */
function texts(bundle) {
  return Object.values(bundle)
    .filter((file) => file.isDynamicEntry && file.facadeModuleId?.includes('/locales/'))
    .map((file) => file.fileName)
}

function largest(sizes) {
  return sizes.toSorted(([, a], [, b]) => b - a).slice(0, 1)
}

function brotli(source) {
  const bytes = Buffer.from(source)
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
