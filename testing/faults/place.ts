/** Where everything happens: `org/app`, and the repository that it comes from. */
export const home = 'acme/shop'
export const repository = 'acme/shop'
export const delta = '4a6330d5e1f20b7c9d8e4a6330d5e1f20b7c9d8e'
