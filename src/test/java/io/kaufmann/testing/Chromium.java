package io.kaufmann.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium or Chrome of this machine, which reaches nothing but 127.0.0.1. Nothing is downloaded: where there is none, or no
 * driver for it, the test is skipped and says what to install; with {@code CI=true} in the
 * environment, where nobody reads of skipped tests, it fails.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final String HOW = " to look at the page with: apt-get install -y chromium chromium-driver";

    // It warns that it knows the DevTools of other versions only; what is used of them here goes without.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(Level.SEVERE);
    }

    private final ChromeDriver driver;
    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens one; ends the test when there is none. */
    public static Chromium open() {
        Path browser = find("CHROME_BIN", BROWSERS).orElseGet(() -> without("There is no Chromium on the PATH"));
        Path driver = find("CHROMEWEBDRIVER", List.of("chromedriver"))
                .orElseGet(() -> without("There is no chromedriver on the PATH"));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments(
                "--headless=new",
                // As root, as in a container, it has no sandbox; it sees one page of our own.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-extensions",
                "--no-first-run",
                "--no-proxy-server",
                "--force-color-profile=srgb",
                "--hide-scrollbars",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        // With both given, Selenium looks for none and fetches none.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    private static Path without(String missing) {
        return "true".equals(System.getenv("CI")) ? fail(missing + HOW) : abort(missing + HOW);
    }

    private static Optional<Path> find(String variable, List<String> names) {
        Stream<Path> given = Optional.ofNullable(System.getenv(variable)).map(Path::of).stream()
                .flatMap(path -> Stream.concat(Stream.of(path), names.stream().map(path::resolve)));
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> names.stream().map(name -> Path.of(directory, name)));
        return Stream.concat(given, onPath)
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Goes to a page. */
    public void visit(String url) {
        driver.get(url);
    }

    /** Gives the page this width in pixels, and light or dark. */
    public void look(int width, int height, boolean dark) {
        // Not as a phone: that would widen the page to what does not fit, and hide that it does not.
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** What a script returns, such as {@code return document.title}. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The visible text of the first element that a selector finds; empty when there is none, or none that is visible. */
    public String text(String selector) {
        return (String) run(
                "const e = document.querySelector(arguments[0]); return e && e.checkVisibility() ? e.innerText : ''",
                selector);
    }

    /** How many elements a selector finds. */
    public int count(String selector) {
        return ((Number) run("return document.querySelectorAll(arguments[0]).length", selector)).intValue();
    }

    /** The URLs of all requests so far. */
    public List<String> requests() {
        ObjectMapper mapper = new ObjectMapper();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            try {
                JsonNode message = mapper.readTree(entry.getMessage()).path("message");
                if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                    requests.add(message.at("/params/request/url").asText());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(requests);
    }

    /** What it complained of so far: errors of scripts, breaches of the page's policy, failed requests. */
    public List<String> complaints() {
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .forEach(complaints::add);
        return List.copyOf(complaints);
    }

    /** A picture of the top of the page, as high as it was made to look. */
    public byte[] picture() {
        Map<String, Object> answer = command("Page.captureScreenshot", Map.of("format", "png"));
        return Base64.getDecoder().decode((String) answer.get("data"));
    }

    private Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver.executeCdpCommand(name, parameters);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
