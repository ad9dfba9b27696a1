package javax.annotation;

/** Was in Java itself until 8; what openapi-generator makes is still marked with it. */
public @interface Generated {
  String[] value();

  String date() default "";

  String comments() default "";
}
