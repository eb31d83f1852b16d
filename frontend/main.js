import './style.css'
import init from './pkg/etalon.js'
import module from './pkg/etalon_bg.wasm?url'

await init({ module_or_path: module })
