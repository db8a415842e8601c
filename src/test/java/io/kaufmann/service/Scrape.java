package io.kaufmann.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service tells Prometheus, read over HTTP as Prometheus reads it.
 *
 * @param samples the lines, comments left out
 */
record Scrape(List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A line. */
    record Sample(String name, Map<String, String> labels, double value) {

        private boolean has(String... wanted) {
            for (int i = 0; i < wanted.length; i += 2) {
                if (!wanted[i + 1].equals(labels.get(wanted[i]))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Reads it now. */
    static Scrape of(InetSocketAddress address) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/metrics");
            HttpResponse<String> response =
                    CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(uri + " answered " + response.statusCode() + ": " + response.body());
            }
            return parse(response.body());
        } catch (IOException e) {
            throw new AssertionError("The endpoint does not answer", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Scrape parse(String text) {
        List<Sample> samples = new ArrayList<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher found = LINE.matcher(line);
            if (!found.matches()) {
                throw new AssertionError("No line of Prometheus' format: " + line);
            }
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(found.group(2) == null ? "" : found.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            samples.add(new Sample(found.group(1), labels, Double.parseDouble(found.group(3))));
        });
        return new Scrape(samples);
    }

    /** The samples of a name that have these labels, each a name and a value. */
    List<Double> values(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.has(labels))
                .map(Sample::value)
                .toList();
    }

    /** Their sum. */
    long sum(String name, String... labels) {
        return Math.round(
                values(name, labels).stream().mapToDouble(Double::doubleValue).sum());
    }
}
