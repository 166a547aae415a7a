// The bundle that is loaded on first use: see esbuild.mjs.
export * from './direct/direct.ts';
