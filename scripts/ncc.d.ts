/** ncc brings no types: what scripts/bundle.ts uses of it. */
declare module '@vercel/ncc' {
  type Built = { code: string; assets: Record<string, { source: string | Buffer }> }
  export default function ncc(input: string, options: { cache: boolean; quiet: boolean }): Promise<Built>
}
