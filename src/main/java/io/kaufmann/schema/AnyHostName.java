package io.kaufmann.schema;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/**
 * Trusts certificates as usual but takes one for any host name: the meaning of an empty {@code
 * ssl.endpoint.identification.algorithm}. Thread-safe.
 */
final class AnyHostName extends X509ExtendedTrustManager {

    private final X509TrustManager trusted;

    private AnyHostName(X509TrustManager trusted) {
        this.trusted = trusted;
    }

    /**
     * A context that does not check names.
     *
     * @param settings Kafka's, parsed
     * @param keys the key store, or null
     * @param trusted the trust store, or null for the JVM's own
     */
    static SSLContext context(Map<String, Object> settings, KeyStore keys, KeyStore trusted) {
        try {
            SSLContext context = SSLContext.getInstance((String) settings.get(SslConfigs.SSL_PROTOCOL_CONFIG));
            context.init(keyManagers(settings, keys), trustManagers(trusted), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new KafkaException("TLS without a check of host names cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keyManagers(Map<String, Object> settings, KeyStore keys)
            throws GeneralSecurityException {
        if (keys == null) {
            return new KeyManager[0];
        }
        Object own = settings.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
        Object password = own == null ? settings.get(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG) : own;
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(
                keys, password == null ? null : ((Password) password).value().toCharArray());
        return factory.getKeyManagers();
    }

    private static TrustManager[] trustManagers(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        TrustManager[] managers = factory.getTrustManagers();
        for (int i = 0; i < managers.length; i++) {
            if (managers[i] instanceof X509TrustManager manager) {
                managers[i] = new AnyHostName(manager);
            }
        }
        return managers;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trusted.checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trusted.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        trusted.checkClientTrusted(chain, type);
    }

    // Without the socket or engine, which say what name to check.
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        trusted.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        trusted.checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        trusted.checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusted.getAcceptedIssuers();
    }
}
