'use strict';

const http = require('node:http');

/** A registry with one schema, whose id the fixture says: a real one gives ids as it likes. */
async function oneSchemaRegistry({subject, schemaId, guid, schema}) {
  const registered = {subject, version: 1, id: schemaId, guid, schemaType: 'AVRO', schema: JSON.stringify(schema)};
  const at = encodeURIComponent(subject);
  const answers = new Set([
    `GET /schemas/ids/${schemaId}`,
    `GET /schemas/guids/${guid}`,
    `GET /subjects/${at}/versions/latest`,
    `POST /subjects/${at}`,
  ]);
  const server = http.createServer((request, response) => {
    const known = answers.has(`${request.method} ${request.url.split('?')[0]}`);
    response.writeHead(known ? 200 : 404, {'Content-Type': 'application/vnd.schemaregistry.v1+json'});
    response.end(JSON.stringify(known ? registered : {error_code: 40403, message: `${request.url} is not here`}));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

module.exports = {oneSchemaRegistry};
