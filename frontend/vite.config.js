import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

import { compress } from './plugins/compress.js'
import { firstPaint } from './plugins/first-paint.js'
import { icons } from './plugins/icons.js'

/** Where `make dev` runs the server, as the server itself is told. */
const server = `http://${process.env.ETALON_LISTEN ?? '127.0.0.1:8080'}`

export default defineConfig(({ command }) => ({
  logLevel: command === 'build' ? 'warn' : 'info',
  plugins: [tailwindcss(), icons(), firstPaint(), compress({ budget: 500_000 })],
  build: {
    target: 'es2022',
    // The content security policy of the server allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    port: Number(process.env.ETALON_DEV_PORT ?? 5173),
    strictPort: true,
    proxy: { '/api': server, '/health': server },
    watch: { ignored: ['**/src/**/*.rs', '**/dist/**'] },
  },
}))
