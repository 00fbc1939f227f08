// Sends a file of letters through nodemailer's pool, and prints how many a second: node nodemailer_pool.js LETTERS PORT CONNECTIONS
const [, , path, port, connections] = process.argv;
const letters = JSON.parse(require("node:fs").readFileSync(path, "utf8"));
const mail = require("nodemailer").createTransport({
  host: "127.0.0.1", port: Number(port), secure: false, ignoreTLS: true,
  pool: true, maxConnections: Number(connections), maxMessages: Infinity,
});
(async () => {
  const began = process.hrtime.bigint();
  await Promise.all(letters.map((one) => mail.sendMail({
    from: "alerts@test.example", to: one.address, subject: one.subject, text: one.text, html: one.html,
  })));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  mail.close();
  console.log(letters.length / seconds);
})();
