/** Where everything happens: `org/app`, and the repository that it comes from. */
export const home = 'acme/shop'
export const repository = 'acme/shop'
