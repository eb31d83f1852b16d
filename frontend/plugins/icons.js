import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const use = /\bicon!\(\s*"([^"]*)"\s*\)/g

/**
 * Puts the Lucide icons that the Rust sources name by `icon!("name")` into the
 * page, as one sprite of `<symbol id="icon-name">`. An unknown name fails the
 * build.
 */
export function icons() {
  let root
  return {
    name: 'etalon-icons',
    configResolved(config) {
      root = config.root
    },
    transformIndexHtml(html) {
      const symbols = used(root).map((name) => symbol(root, name))
      // Hidden by size: a sprite with `display: none` would blank its gradients.
      const sprite = `<svg width="0" height="0" aria-hidden="true" class="absolute">${symbols.join('')}</svg>`
      return html.replace('<!-- icons -->', sprite)
    },
  }
}

function used(root) {
  const names = new Set()
  for (const file of readdirSync(join(root, 'src'), { recursive: true })) {
    if (file.endsWith('.rs')) {
      for (const match of readFileSync(join(root, 'src', file), 'utf8').matchAll(use)) {
        names.add(match[1])
      }
    }
  }
  return [...names].sort()
}

function symbol(root, name) {
  let svg
  try {
    svg = readFileSync(join(root, 'node_modules/lucide-static/icons', `${name}.svg`), 'utf8')
  } catch {
    throw new Error(`icon!("${name}"): Lucide has no such icon, see https://lucide.dev/icons`)
  }
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
  return `<symbol id="icon-${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, '')}</symbol>`
}
