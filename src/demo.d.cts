/** The bundle `dist/demo.cjs`: it lies beside `extension.js`, and is loaded only when the demo is used. */
export { createDemoServer } from './demo/server.ts';
