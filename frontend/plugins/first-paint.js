import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the browser should know before it has run anything: `boot.js`, a
 * blocking script that sets theme and language before the first paint, and the
 * main WASM module, fetched along with the script that will ask for it.
 */
export function firstPaint() {
  let root
  let boot
  return {
    name: 'etalon-first-paint',
    configResolved(config) {
      root = config.root
    },
    configureServer(server) {
      server.middlewares.use('/boot.js', (_request, response) => {
        response.setHeader('content-type', 'text/javascript')
        response.end(readFileSync(join(root, 'boot.js')))
      })
    },
    buildStart() {
      if (this.environment.mode === 'build') {
        const source = readFileSync(join(root, 'boot.js'))
        boot = this.emitFile({ type: 'asset', name: 'boot.js', source })
      }
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html']
        const module = Object.keys(bundle).find((name) => /etalon_bg[^/]*\.wasm$/.test(name))
        const preload = `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="/${module}">`
        page.source = page.source
          .replace('/boot.js', `/${this.getFileName(boot)}`)
          .replace('</title>', `</title>\n    ${preload}`)
      },
    },
  }
}
