// Charts by Apache ECharts, fetched when the first one is shown. The app describes a chart in plain
// JSON: colors by name (`$1` is `--chart-1` of the style sheet), functions by name (`@shown`).
import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, AriaComponent, GridComponent, LabelLayout, TooltipComponent, SVGRenderer])

const locales = { en: 'en-US', ru: 'ru-RU' }

function format(value, options) {
  const locale = locales[document.documentElement.lang] ?? locales.en
  return new Intl.NumberFormat(locale, options).format(value)
}

const functions = {
  shown: ({ data }) => data?.shown ?? '',
  compact: (value) => format(value, { notation: 'compact', maximumFractionDigits: 1 }),
  percent: (value) => format(value, { style: 'percent', maximumFractionDigits: 0 }),
  series: ({ seriesName }) => seriesName,
  tooltip: (points) => tooltip([points].flat()),
}

/** A tooltip of elements, not of HTML: names come from people. */
function tooltip(points) {
  const box = document.createElement('div')
  box.className = 'chart-tip'
  const head = document.createElement('strong')
  head.textContent = points[0]?.name ?? ''
  box.append(head)
  for (const point of points) {
    if (!point.data?.shown) {
      continue
    }
    const line = document.createElement('span')
    const mark = document.createElement('i')
    mark.style.backgroundColor = point.color
    const name = document.createElement('span')
    name.textContent = point.seriesName
    const value = document.createElement('b')
    value.textContent = point.data.tip ?? point.data.shown
    line.append(mark, name, value)
    box.append(line)
  }
  return box
}

const canvas = document.createElement('canvas')
canvas.width = canvas.height = 1
const brush = canvas.getContext('2d', { willReadFrequently: true })

/** A color of the style sheet in a notation that ECharts can read. */
function color(name, probe) {
  probe.style.color = `var(--chart-${name})`
  brush.clearRect(0, 0, 1, 1)
  brush.fillStyle = getComputedStyle(probe).color
  brush.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data
  return `rgba(${red},${green},${blue},${(alpha / 255).toFixed(3)})`
}

/** How wide the widest of some texts is. */
function widest(texts, font) {
  brush.font = font
  return Math.max(0, ...texts.map((text) => brush.measureText(text).width))
}

/**
 * A text on as many lines as its words need to fit a width. ECharts breaks words, too: it takes every
 * letter that is not Latin to be as wide as a Chinese one.
 */
function wrapped(text, font, width) {
  const lines = []
  for (const word of text.split(' ')) {
    const line = lines.pop()
    const longer = line === undefined ? word : `${line} ${word}`
    if (line === undefined || widest([longer], font) <= width) {
      lines.push(longer)
    } else {
      lines.push(line, word)
    }
  }
  return lines.join('\n')
}

/** What comes from people, and is taken as it is. */
const literal = new Set(['data', 'name', 'description'])

/** The option with real colors and functions in the place of their names. */
function alive(option, probe) {
  if (Array.isArray(option)) {
    return option.map((each) => alive(each, probe))
  }
  if (option && typeof option === 'object') {
    return Object.fromEntries(
      Object.entries(option).map(([name, value]) => [name, literal.has(name) ? value : alive(value, probe)]),
    )
  }
  if (typeof option === 'string' && /^\$[\w-]+$/.test(option)) {
    return color(option.slice(1), probe)
  }
  if (typeof option === 'string' && /^@\w+$/.test(option)) {
    return functions[option.slice(1)]
  }
  return option
}

/** Which color is what, line by line where one is not long enough, from `y` on; answers where it ends. */
function key(context, series, probe, font, width, y) {
  let x = 16
  context.font = `12px ${font}`
  for (const { name, color: mark } of series) {
    const room = context.measureText(name).width + 32
    if (x > 16 && x + room > width) {
      ;[x, y] = [16, y + 20]
    }
    context.fillStyle = mark
    context.fillRect(x, y - 9, 10, 10)
    context.fillStyle = color('strong', probe)
    context.fillText(name, x + 16, y, width)
    x += room
  }
  return y
}

/** The picture on its ground, with its title, what it is about and its key above, as a PNG file. */
async function png(chart, probe, title, about, name) {
  const font = getComputedStyle(document.body).fontFamily
  const all = chart.getOption().series
  const series = all.length > 1 ? all.map(({ name, itemStyle }) => ({ name, color: itemStyle?.color })) : []
  const [width, height, scale] = [chart.getWidth(), chart.getHeight(), 2]
  const ruler = document.createElement('canvas').getContext('2d')
  const small = `12px ${font}`
  const lines = about ? wrapped(about, small, width).split('\n') : []
  const below = 30 + lines.length * 18
  const head = series.length ? key(ruler, series, probe, font, width, below + 22) + 16 : below + 18
  const svg = new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' })
  const address = URL.createObjectURL(svg)
  const image = new Image(width, height)
  image.src = address
  await image.decode()
  URL.revokeObjectURL(address)
  const page = document.createElement('canvas')
  page.width = (width + 32) * scale
  page.height = (height + head + 16) * scale
  const context = page.getContext('2d')
  context.scale(scale, scale)
  context.fillStyle = color('ground', probe)
  context.fillRect(0, 0, width + 32, height + head + 16)
  context.fillStyle = color('strong', probe)
  context.font = `600 16px ${font}`
  context.fillText(title, 16, 30, width)
  context.fillStyle = color('text', probe)
  context.font = small
  lines.forEach((line, at) => context.fillText(line, 16, 50 + at * 18, width))
  key(context, series, probe, font, width, below + 22)
  context.drawImage(image, 16, head, width, height)
  const file = await new Promise((resolve) => page.toBlob(resolve, 'image/png'))
  const anchor = document.createElement('a')
  anchor.href = URL.createObjectURL(file)
  anchor.download = name
  anchor.click()
  URL.revokeObjectURL(anchor.href)
}

/** Draws a chart into an element and keeps it fitting; `press` is told the `rows` of what is clicked. */
export function draw(element, text, press) {
  let option = JSON.parse(text)
  let chart
  const probe = document.createElement('span')
  probe.hidden = true
  element.after(probe)
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  const show = () => {
    const motion = { animation: !calm.matches, animationDuration: 160, animationDurationUpdate: 160 }
    // Double quotes would end the attribute in which an exported picture has them.
    const family = getComputedStyle(element).fontFamily.replaceAll('"', "'")
    const font = { fontFamily: family, fontSize: 12 }
    const shown = { ...alive(option, probe), ...motion, textStyle: font, backgroundColor: 'transparent' }
    const names = shown.yAxis.axisLabel
    if (names.width) {
      names.width = Math.min(names.width, element.clientWidth * 0.4)
    }
    // Names, values and marks are as wide as their categories at most.
    const room = (element.clientWidth - 72) / Math.max(shown.xAxis.data?.length ?? 1, 1)
    const letters = `12px ${family}`
    const below = shown.xAxis.axisLabel
    if (below.interval === 0) {
      below.width = room - 4
      below.formatter = (name) => wrapped(name, letters, below.width)
    }
    for (const series of shown.series) {
      if (shown.xAxis.type === 'category' && series.label?.show) {
        const values = series.data.map((point) => point.shown)
        series.label.show = widest(values, letters) <= room
      }
      if (series.symbol === 'rect' && series.symbolSize[0] > 3) {
        series.symbolSize[0] = Math.min(series.symbolSize[0], room * 0.8)
      }
    }
    chart?.setOption(shown, { replaceMerge: ['series', 'xAxis', 'yAxis'] })
  }
  const size = new ResizeObserver(() => {
    if (!element.clientWidth || !element.clientHeight) {
      return
    }
    if (chart) {
      chart.resize()
      show()
      return
    }
    chart = init(element, null, { renderer: 'svg' })
    chart.on('click', ({ data }) => data?.rows && press(data.rows))
    show()
  })
  size.observe(element)
  const theme = new MutationObserver(show)
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  calm.addEventListener('change', show)
  return {
    update(next) {
      option = JSON.parse(next)
      show()
    },
    png: (title, about, name) => chart && png(chart, probe, title, about, name),
    dispose() {
      size.disconnect()
      theme.disconnect()
      calm.removeEventListener('change', show)
      chart?.dispose()
      probe.remove()
    },
  }
}
