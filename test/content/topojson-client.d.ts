declare module 'topojson-client' {
  type Ring = [number, number][]
  type Shape = { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] }
  export const feature: (
    topology: unknown,
    object: unknown,
  ) => { features: { id: string; properties: { name: string }; geometry: Shape }[] }
}
