package io.kaufmann.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys made with the JDK's keytool, and stores with the certificates that belong to them. */
final class TlsStores {

    static final String PASSWORD = "s3cr3t-st0re";

    private static final String ALIAS = "key";

    private final Path directory;

    TlsStores(Path directory) {
        this.directory = directory;
    }

    /** A PKCS12 key store with one new key and its own certificate. */
    Path keys(String name, String alternativeNames) throws IOException, InterruptedException {
        Path file = directory.resolve(name + ".p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=" + alternativeNames,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(directory.resolve(name + ".log")));
        }
        return file;
    }

    /** A trust store of this type with the certificate of a key store. */
    Path trusting(Path keys, String type) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance(type);
        trust.load(null, null);
        trust.setCertificateEntry("trusted", load(keys).getCertificate(ALIAS));
        Path file = directory.resolve(keys.getFileName() + ".trust." + type);
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** The certificate of a key store as PEM. */
    static String certificate(Path keys) throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", load(keys).getCertificate(ALIAS).getEncoded());
    }

    /** The private key of a key store as PEM. */
    static String privateKey(Path keys) throws IOException, GeneralSecurityException {
        Key key = load(keys).getKey(ALIAS, PASSWORD.toCharArray());
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** What a server needs that has these keys and trusts those clients. */
    static SSLContext server(Path keys, Path trustedClients) throws IOException, GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(load(keys), PASSWORD.toCharArray());
        TrustManagerFactory clients = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        clients.init(load(trustedClients));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), clients.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String pem(String what, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }
}
